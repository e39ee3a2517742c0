// Package roster holds what a Go client of Roster needs beside the messages and stubs of roster/v1.
package roster

import _ "embed"

// ServiceConfig is the service config that clients should use: the retry policy and client-side load balancing. For
// grpc.WithDefaultServiceConfig.
//
//go:embed service-config.json
var ServiceConfig string
