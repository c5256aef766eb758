/** What keys open, in words. */
export const SCOPES = {
  'readings:write': 'Sensors: send readings',
  'places:read': 'Read bays, zones and restrictions',
  'places:write': 'Change bays, zones, restrictions and sensors',
  'tasks:read': 'Read tasks',
  'journal:read': 'Read the journal',
  'rights:write': 'Send lists of permits and payments',
  'board:read': 'Wall screen: figures and marks, no names',
};
export const WALL = 'board:read';
