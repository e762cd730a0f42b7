// Package gdal runs the programs of GDAL (gdalwarp, ogr2ogr, gdaltransform, gdalinfo,
// ogrinfo, gdalsrsinfo) as supervised subprocesses. They are never linked, so a corrupt file can end
// only the child: it has its own process group, is killed with it on cancellation and
// dies with us; locale and threads are fixed and the network is off.
//
// Everything is safe for concurrent use; each call is one process.
package gdal
