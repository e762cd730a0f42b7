// Package basemap holds the layer types that colour the ground: imagery, pictures and
// looks of the terrain. They are drapes: they have no shape of their own.
package basemap
