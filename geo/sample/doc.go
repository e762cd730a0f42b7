// Package sample invents Porto Largo: a harbour city on an island that exists nowhere,
// written as ordinary files (OSM XML, SRTM HGT, CSV, GeoJSON, PNG), so that the whole
// chain can be run, tested and shown without anybody's data.
//
// The city lies around a round bay. Plans are in metres east and north of the bay's
// centre; streets are arcs and rays around it. Everything follows from one seed: the
// same seed gives the same bytes on every machine.
package sample
