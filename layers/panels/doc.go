// Package panels holds the layer types that stand beside the data: titles, legends, scale
// bars, clocks, numbers, tables, pictures and pages of the web; and what all panels share:
// where they are, their frame and their colours. Charts are panels, too, in package charts.
package panels
