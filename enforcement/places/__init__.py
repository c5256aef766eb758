"""The map: bays, zones, restrictions, suspensions and sensors, by hand (`registry`) and by file (`imports`)."""
