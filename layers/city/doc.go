// Package city holds the layer types that geo builds into tiles.
package city
