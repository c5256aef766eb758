"""The map: bays, zones, restrictions, suspensions and sensors, one by one and by file."""
