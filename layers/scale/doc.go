// Package scale maps fields of the data to colours and numbers.
package scale
