// Package layers is the catalogue: a layer type is one small file with a struct of
// properties (whose tags are its documentation, schema and validation) and a function
// from data to drawables. Adding a type is adding a file and naming it in Types.
package layers
