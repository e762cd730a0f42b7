// Package clean turns what sources give into what the builders can rely on: numbers
// and lengths from free text, and polygons whose rings are closed, simple and oriented.
//
// Polygons may be in degrees or in the metres of a plan; tolerances are in the same
// unit. Everything is pure, deterministic and safe for concurrent use.
package clean
