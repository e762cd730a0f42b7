// Package layer is the contract of the catalogue: what a layer type is, what it draws from,
// and how positions of the data get to where they stand.
//
// A type is one small file of its group's package. Its struct of properties carries the
// documentation, ranges, units and defaults from which come schema, validation, command line
// help and the page of docs/layers.md; its examples are its pictures.
package layer
