// Package decor holds the layer types that mark and dress places: light pillars, domes, scans
// over the city, walls that expand, sparks, fireworks, boards.
package decor
