// Package canvas paints panels: filled and stroked paths, gradients and text, in pixels of a
// 1080-line picture, rasterised at the scale of the output, so that they are crisp at any
// size. What it paints has the same bytes on every run.
//
// Outlines are filled by golang.org/x/image/vector; text is shaped by package text, so that
// panels write every script that labels do.
package canvas
