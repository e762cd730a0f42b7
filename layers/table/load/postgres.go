package load

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/longtake/longtake/geo"
	"github.com/longtake/longtake/layers/table"
	"github.com/longtake/longtake/scene"
)

// readPostgres reads a table or a query of a PostgreSQL database, with PostGIS' geometry in
// WGS 84 degrees (EPSG:4326).
func readPostgres(ctx context.Context, src *scene.Source, o Options) (*table.Table, error) {
	if o.Report == nil {
		o.Report = geo.NewReport()
	}
	address, err := environment(src.Database)
	if err != nil {
		return nil, err
	}
	config, err := pgx.ParseConfig(address)
	if err != nil { // what it says shows the address, or whatever variable was named
		return nil, fmt.Errorf("database: the address is none of PostgreSQL, such as postgres://name@host/database")
	}
	db, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err) // pgx leaves the password out
	}
	defer func() { _ = db.Close(context.WithoutCancel(ctx)) }()
	query := src.SQL
	if query == "" {
		query = "SELECT * FROM " + pgx.Identifier(strings.Split(src.Table, ".")).Sanitize()
	}
	tx, err := db.BeginTx(ctx, pgx.TxOptions{AccessMode: pgx.ReadOnly})
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	rows, err := tx.Query(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	defer rows.Close()
	var v *values
	var kinds []uint32
	var numerics []*decimals
	for rows.Next() {
		if v == nil {
			v = newValues(columnNames(rows), o)
			for _, f := range rows.FieldDescriptions() {
				kinds, numerics = append(kinds, f.DataTypeOID), append(numerics, decimalsOf(&f, src))
			}
		}
		row, err := rows.Values()
		if err != nil {
			return nil, fmt.Errorf("database: %w", err)
		}
		for i, x := range row {
			if n, ok := x.(pgtype.Numeric); ok && numerics[i] != nil {
				row[i] = numerics[i].value(n)
				continue
			}
			if n, ok := x.(interface{ Float64Value() (pgtype.Float8, error) }); ok {
				row[i] = nil
				if f, err := n.Float64Value(); err == nil && f.Valid {
					row[i] = f.Float64
				}
			}
			if at, ok := x.(time.Time); ok && (kinds[i] == pgtype.TimestampOID || kinds[i] == pgtype.DateOID) {
				row[i] = inZone(at, zone(src))
			}
		}
		if err := v.add(row); err != nil {
			return nil, fmt.Errorf("database: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("database: %w", err)
	}
	if v == nil {
		v = newValues(columnNames(rows), o)
	}
	for _, d := range numerics {
		if d != nil {
			d.report(o)
		}
	}
	return v.table(src, o)
}

func columnNames(rows pgx.Rows) (names []string) {
	for _, f := range rows.FieldDescriptions() {
		names = append(names, f.Name)
	}
	return names
}
