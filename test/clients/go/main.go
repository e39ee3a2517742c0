// Reads what cases.json asks for from a server and prints what a Go client saw of it as JSON.
//
// Usage: main address cases.json
package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log"
	"maps"
	"os"
	"strings"
	"time"

	roster "github.com/roster/roster/gen/go"
	rosterv1 "github.com/roster/roster/gen/go/roster/v1"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/timestamppb"
)

type inputs struct {
	ExternalIDs    []string                   `json:"externalIds"`
	Create         json.RawMessage            `json:"create"`
	RefusedCreates map[string]json.RawMessage `json:"refusedCreates"`
	RefusedUpdates map[string]json.RawMessage `json:"refusedUpdates"`
	NewerRequest   string                     `json:"newerRequest"`
	HeaderSizes    []int                      `json:"headerSizes"`
}

type object = map[string]any

func main() {
	file := must(os.ReadFile(os.Args[2]))
	var cases struct {
		Inputs inputs `json:"inputs"`
	}
	check(json.Unmarshal(file, &cases))
	conn := must(grpc.NewClient(os.Args[1],
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultServiceConfig(roster.ServiceConfig)))
	defer conn.Close()
	users := rosterv1.NewUserServiceClient(conn)
	in := cases.Inputs

	seen := object{
		"users":   readUsers(users, in),
		"created": create(users, in),
		"errors":  refusals(users, in),
		"newer":   newer(in),
		"left":    leave(users),
		"headers": headers(users, in),
	}
	check(json.NewEncoder(os.Stdout).Encode(seen))
}

func readUsers(users rosterv1.UserServiceClient, in inputs) object {
	seen := object{}
	for _, externalID := range in.ExternalIDs {
		request := &rosterv1.GetUserByExternalIdRequest{ExternalId: externalID}
		seen[externalID] = describe(must(users.GetUserByExternalId(deadline(), request)).GetUser())
	}
	return seen
}

func create(users rosterv1.UserServiceClient, in inputs) object {
	request := &rosterv1.CreateUserRequest{}
	check(protojson.Unmarshal(in.Create, request))
	user := must(users.CreateUser(deadline(), request)).GetUser()
	must(users.DeleteUser(deadline(), &rosterv1.DeleteUserRequest{Id: user.GetId()}))
	return describe(user)
}

func refusals(users rosterv1.UserServiceClient, in inputs) object {
	seen := object{}
	for name, body := range in.RefusedCreates {
		request := &rosterv1.CreateUserRequest{}
		check(protojson.Unmarshal(body, request))
		_, err := users.CreateUser(deadline(), request)
		seen[name] = describeError(err)
	}
	for name, body := range in.RefusedUpdates {
		request := &rosterv1.UpdateUserRequest{}
		check(protojson.Unmarshal(body, request))
		_, err := users.UpdateUser(deadline(), request)
		seen[name] = describeError(err)
	}
	return seen
}

// newer reads a message with a field and an enum value that this client does not know.
func newer(in inputs) object {
	bytes := must(hex.DecodeString(in.NewerRequest))
	request := &rosterv1.ListUsersRequest{}
	check(proto.Unmarshal(bytes, request))
	kept := len(must(proto.Marshal(request))) == len(bytes)
	return object{"pageSize": request.GetPageSize(), "order": int(request.GetOrder()), "unknownFieldKept": kept}
}

// leave cancels a stream after its second page.
func leave(users rosterv1.UserServiceClient) object {
	ctx, cancel := context.WithCancel(deadline())
	pages := must(users.ListUsers(ctx, &rosterv1.ListUsersRequest{PageSize: 1}))
	must(pages.Recv())
	must(pages.Recv())
	cancel()
	for {
		if _, err := pages.Recv(); err != nil {
			return object{"code": int(status.Code(err))}
		}
	}
}

// headers sends metadata of several sizes.
func headers(users rosterv1.UserServiceClient, in inputs) object {
	seen := object{}
	for _, size := range in.HeaderSizes {
		ctx := metadata.AppendToOutgoingContext(within(2*time.Second), "x-filler", strings.Repeat("a", size))
		_, err := users.GetUserByExternalId(ctx, &rosterv1.GetUserByExternalIdRequest{ExternalId: in.ExternalIDs[0]})
		seen[fmt.Sprint(size)] = int(status.Code(err))
	}
	return seen
}

func describe(user *rosterv1.User) object {
	return object{
		"id":            user.GetId(),
		"email":         user.GetEmail(),
		"emailVerified": user.GetEmailVerified(),
		"firstName":     user.FirstName,
		"lastName":      user.LastName,
		"name":          user.Name,
		"metadata":      pairs(user.GetMetadata()),
		"locale":        user.Locale,
		"lastSignInAt":  describeTime(user.GetLastSignInAt()),
		"createdAt":     describeTime(user.GetCreatedAt()),
		"revision":      fmt.Sprint(user.GetRevision()),
	}
}

// pairs makes an empty map of the nil map that stands for one.
func pairs(given map[string]string) map[string]string {
	copied := map[string]string{}
	maps.Copy(copied, given)
	return copied
}

func describeTime(time *timestamppb.Timestamp) any {
	if time == nil {
		return nil
	}
	return time.AsTime().Format("2006-01-02T15:04:05.000Z")
}

func describeError(err error) object {
	seen := object{"code": int(status.Code(err)), "message": status.Convert(err).Message()}
	for _, detail := range status.Convert(err).Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			seen["info"] = []any{detail.GetDomain(), detail.GetReason(), pairs(detail.GetMetadata())}
		case *errdetails.ResourceInfo:
			seen["resource"] = []any{detail.GetResourceType(), detail.GetResourceName()}
		case *errdetails.BadRequest:
			fields := []any{}
			for _, violation := range detail.GetFieldViolations() {
				fields = append(fields, violation.GetField())
			}
			seen["fields"] = fields
		}
	}
	return seen
}

func deadline() context.Context {
	return within(5 * time.Second)
}

func within(timeout time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	context.AfterFunc(ctx, cancel)
	return ctx
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func must[T any](value T, err error) T {
	check(err)
	return value
}
