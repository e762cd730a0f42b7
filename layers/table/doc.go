// Package table is columnar data: the rows that data layers draw. A column holds numbers
// (NaN where missing), text ("" where missing) or a list of numbers a row; geometry is
// WGS84. Tables are read from features and kept in packages as GeoParquet 1.1 (WKB).
package table
