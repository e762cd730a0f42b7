// Package generate builds a scene package from a document: it reads every source once,
// finds the region where the data is dense, and turns features and elevation into
// tilesets, tables, ground heights and a report. It keeps packages in a cache.
package generate
