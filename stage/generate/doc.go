// Package generate builds a scene package from a document, in bounded memory and only
// where something changed.
//
// Every source is read once and kept on disk; the region where the data is dense is divided
// into blocks (geo.Block), each with the features that touch it; what lies and what stands
// on the ground is built block by block on all cores, each result a file named by the hash
// of all that it was made of. plug.go is where a kind of layer is wired.
//
// Plans are metres of the site's frame, heights metres above the ellipsoid. A bad object is
// skipped and counted in the report; a bad file or a full disk is an
// error, and the package that was there before stays.
package generate
