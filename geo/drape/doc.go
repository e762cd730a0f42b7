// Package drape cuts the flat patches of cover to exactly the terrain triangles of a
// tile, so that they are coplanar with the ground at every level of detail, and lifts
// plan geometry into the frame of a tile.
//
// A draped vertex is the barycentric mix of its terrain triangle's lifted corners, not
// the lift of its own position: it lies on the triangle's plane to the last bit that
// float32 keeps, whatever the curvature below a large triangle.
package drape
