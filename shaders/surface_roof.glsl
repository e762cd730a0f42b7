void surface(inout Surface s, in SurfaceInput i) {}
