// Package points holds the layer types that stand at places: dots, columns, models, lamps.
package points
