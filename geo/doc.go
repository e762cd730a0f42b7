// Package geo holds the types that the geo algorithms pass to each other: features as
// they are read, meshes as they are built, the ground they stand on and the report of
// what was left out. The algorithms themselves are the packages below it:
//
//	read → clean → spool → street, building, cover, terrain, … → drape → tiles
//
// What is built from features is a function of one Block and a Maker of any level of
// detail. docs/architecture.md lists the packages.
//
// Everything is pure: bytes and polygons in, meshes out; no GL, no scene, no clock.
package geo
