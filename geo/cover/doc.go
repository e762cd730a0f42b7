// Package cover turns features into what covers the ground: areas, water, the sea and
// trees, as flat coloured patches of triangles in the plan metres of one earth.Frame, and
// finds what buildings and streams do to the ground. Streets are geo/street's. Nothing here knows terrain triangles or tiles: drape cuts
// the patches to those.
//
// Coplanar patches are ordered by Bias only:
//
//	1–6   areas, each above every area that it overlaps and that comes before it
//	7     sea
//	8     lakes, rivers, pools
//	9     beaches, piers and breakwaters, which stand in water
//	10–18 ways, from footway to motorway
//	19    road junctions
//	20    rails
package cover
