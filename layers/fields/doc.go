// Package fields holds the layer types that show values all over a region: densities,
// interpolated surfaces, rasters, their lines and bands, and what drifts in them.
package fields
