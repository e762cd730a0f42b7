// Package indoor builds the inside of buildings from Simple Indoor Tagging
// (https://wiki.openstreetmap.org/wiki/Simple_Indoor_Tagging): storeys with floors and
// ceilings, rooms with walls, doors and windows, stairs and lifts, as meshes that a camera
// can walk through.
//
// Rooms share their walls: a storey's walls are one area, the buffer of all room edges,
// from which doors and windows are taken out at their heights. Ceilings face down only, so
// that a storey seen from above is open.
//
// Every storey is a layer of its own in tiles, "<layer>#<level>", so that storeys can be
// shown alone or pulled apart.
//
// Rooms are metres of the plan, heights metres above the ellipsoid; storeys are counted as
// OSM counts levels. What cannot be built is skipped in the block's report.
package indoor
