// Package areas holds the layer types that cover ground: choropleths and prisms.
package areas
