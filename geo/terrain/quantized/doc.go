// Package quantized writes terrain as quantized-mesh 1.0 tiles, the format that Cesium
// streams the globe's ground in: a layer.json and z/x/y.terrain files in the geographic
// TMS scheme (two square tiles at level 0, y counted from the south), with octvertexnormals
// and, on request, watermask. The format is described at
// github.com/CesiumGS/quantized-mesh; the horizon occlusion point is that of Ring's
// "Computing the horizon occlusion point" (cesium.com/blog, 2013).
//
// Each tile is a triangulated irregular network (package tin) of its samples, so that
// nothing in it lies further from them than the level's bound. What a tile has on an edge
// depends on that edge alone: neighbours of one level share it to the bit.
package quantized
