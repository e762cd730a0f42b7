// Package cells holds the layer types that gather points into cells: bins of grids and
// hexagons, and cells with ids.
package cells
