// Package weather holds the layer types that change the air: rain, snow, fog and clouds,
// everywhere or in an area, and bodies that are seen through: volumes and radar.
package weather
