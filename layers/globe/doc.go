// Package globe holds the layer types that make a globe of data: dots of land, graticules,
// bands of light, rings, shells, satellites.
package globe
