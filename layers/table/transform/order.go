package transform

import (
	"sort"
	"strings"

	"github.com/longtake/longtake/layers/table"
)

func upTo(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// sorted orders rows by fields; missing values come last, whatever the direction.
func sorted(t *table.Table, by []string) (*table.Table, error) {
	rows := upTo(t.Rows())
	order, err := ordering(t, by)
	if err != nil {
		return nil, err
	}
	sort.SliceStable(rows, func(a, b int) bool { return order(rows[a], rows[b]) < 0 })
	return t.Pick(rows), nil
}

// ordering compares rows by fields.
func ordering(t *table.Table, by []string) (func(a, b int) int, error) {
	var orders []func(a, b int) int
	for _, name := range by {
		name, down := strings.CutPrefix(name, "-")
		c, err := column(t, name)
		if err != nil {
			return nil, err
		}
		orders = append(orders, comparing(c, down))
	}
	return func(a, b int) int {
		for _, o := range orders {
			if d := o(a, b); d != 0 {
				return d
			}
		}
		return 0
	}, nil
}

func comparing(c *table.Column, down bool) func(a, b int) int {
	sign := 1
	if down {
		sign = -1
	}
	if c.Kind == table.Text || c.Kind == table.List {
		return func(a, b int) int {
			x, y := c.Word(a), c.Word(b)
			if (x == "") != (y == "") {
				return missingLast(x == "")
			}
			return sign * strings.Compare(x, y)
		}
	}
	return func(a, b int) int {
		x, y := c.Numbers[a], c.Numbers[b]
		switch {
		case (x != x) != (y != y):
			return missingLast(x != x)
		case x < y:
			return -sign
		case x > y:
			return sign
		}
		return 0
	}
}

func missingLast(first bool) int {
	if first {
		return 1
	}
	return -1
}
