// Package flows holds the layer types of movement between places: arcs, flow maps, trips and
// tracks.
package flows
