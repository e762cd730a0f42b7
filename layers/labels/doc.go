// Package labels holds the layer types that write: text in the picture.
package labels
