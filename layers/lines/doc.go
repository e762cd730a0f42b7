// Package lines holds the layer types of ways and flows: lines, arcs, trips.
package lines
