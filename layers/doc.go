// Package layers is the catalogue: it imports the packages of all groups of layer types,
// whose contract is layers/layer. Adding a type is adding a file to a group.
package layers
