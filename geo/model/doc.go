// Package model builds the small meshes that are placed as instances: trees, bushes and
// everything that stands along streets and lines. They are made by code, the same on every run, one metre high with
// their foot at the origin, x east and z up. Vertex colours are the natural ones, darker
// where the crown shades itself; an instance's colour multiplies them, so tints are near
// white. Each name has a coarse twin of at most 24 triangles, "<name>@far".
package model
