// Package align places models on Earth: at a place with heading and scale, or by control
// points, and tells what ground they cover, so that what stood there can give way.
//
// Models are in their file's units with y up; places are degrees and metres above the
// ellipsoid, residuals metres. Too few or collinear control points are errors.
package align
