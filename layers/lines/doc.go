// Package lines holds the layer types that follow their rows' lines, and the stroke that all
// types of lines and flows share.
package lines
