// Package stage is where the parts meet: it generates packages from data with geo, and
// plays packages frame by frame with layers, tiles, the pipeline and the sinks.
// render, stream, kiosk and bench share its one frame loop.
package stage
