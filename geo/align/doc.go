// Package align places models on Earth: at a place with heading and scale, or by control
// points, and tells what ground they cover, so that what stood there can give way.
package align
