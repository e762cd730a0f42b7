// Package street turns the ways of a block into streets and rails: a graph of ways that
// meet, a cross-section of bands (lanes, parking, sidewalks) for every way, areas where
// ways meet, markings, bridges that rise and the mouths of tunnels.
//
// Where three or more ways meet, each is cut back to where its kerbs meet those of its
// neighbours, the area between is filled, and its corners are rounded; nodes so near
// each other that nothing is left of the way between them become one area. This is the
// method that osm2streets describes (github.com/a-b-street/osm2streets, docs/how_it_works
// .md: "intersection geometry", after D. Carlino's notes), with the corners' radii of
// street design manuals.
//
// All plan coordinates are metres of the block's frame; heights are metres above the
// ellipsoid. What lies on the ground is made as flat patches that geo/drape cuts to the
// terrain, ordered by Bias: 10–12 paths, tracks and service ways, 13 sidewalks, 14–18
// carriageways, 19 where they meet, 20 paint, 21 rails
// and kerbs, which rise over the ground that they follow. What does not is made as solids.
//
// Results do not depend on how blocks are cut as long as a block holds what comes within
// Reach of its square and of the features that it owns: a way is built with the block
// that owns its foot, an area where ways meet with the one that its node lies in.
// Heights of bridges reach further and are surveyed (NewSurvey).
//
// Everything here is safe for concurrent use by several blocks.
package street
