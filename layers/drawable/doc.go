// Package drawable is what layers produce and renderers consume: meshes, instances,
// lines, points, glyphs and tilesets, each with a material. It is a leaf: it knows no
// layer, no GL and no scene.
//
// Geometry is float32 metres in a local frame; Frame (column-major, float64) takes it to
// ECEF. Drawables are immutable once handed to a renderer, which keeps them resident by
// pointer; what changes from frame to frame lives in Draw.
package drawable
