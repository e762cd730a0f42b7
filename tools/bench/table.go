package main

import (
	"fmt"
	"strings"
)

// table is a Markdown table.
type table struct {
	head []string
	rows [][]string
}

func (t *table) row(cells ...string) { t.rows = append(t.rows, cells) }

func (t *table) String() string {
	var s strings.Builder
	fmt.Fprintf(&s, "| %s |\n|%s\n", strings.Join(t.head, " | "), strings.Repeat(" --- |", len(t.head)))
	for _, r := range t.rows {
		fmt.Fprintf(&s, "| %s |\n", strings.Join(r, " | "))
	}
	return s.String()
}

func whole[T int | int64 | float64](v T) string { return fmt.Sprintf("%.0f", float64(v)) }

func seconds(v float64) string { return fmt.Sprintf("%.2f", v) }

func megabytes(n int64) string { return fmt.Sprintf("%.1f", float64(n)/1e6) }

// per is a share in whole units.
func per[T int | int64 | float64](n T, of float64) string {
	if of == 0 {
		return "-"
	}
	return whole(float64(n) / of)
}

// against compares a figure with a goal that it should reach, or stay below.
func against(v, goal float64, below bool) string {
	verdict := "reached"
	if (v > goal) == below && v != goal {
		verdict = "**missed**"
	}
	return fmt.Sprintf("%.2f of the goal, %s", v/goal, verdict)
}
