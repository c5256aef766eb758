"""What if? A council's own recorded overstays, walked by a blanket patrol and by our planner, and told on a page.

history   what the council has on record of the days asked for, and of the weeks before
hours     when officers are out, and on which days anything is controlled
stops     where bays are, gathered into stops along streets, and the walks between them
patrols   the same days, walked by each patrol under the same rules (`simulation.dispatch`)
figures   what came of it, and how certain that is
report    the page: `words`, `charts`, and `report.html`
"""
