// A tour of Roster's UserService: creates three users, finds, lists, changes and deletes them.
//
// Usage: go run . [address]
package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	roster "github.com/roster/roster/gen/go"
	rosterv1 "github.com/roster/roster/gen/go/roster/v1"
	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/proto"
)

const (
	callTimeout = 5 * time.Second
	listTimeout = time.Minute
)

func main() {
	address := "127.0.0.1:50051"
	if fromEnv := os.Getenv("ROSTER_ADDRESS"); fromEnv != "" {
		address = fromEnv
	}
	if len(os.Args) > 1 {
		address = os.Args[1]
	}
	if err := run(context.Background(), address); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, address string) error {
	options := []grpc.DialOption{
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultServiceConfig(roster.ServiceConfig),
	}
	if key := os.Getenv("ROSTER_API_KEY"); key != "" {
		options = append(options, grpc.WithPerRPCCredentials(apiKey(key)))
	}
	conn, err := grpc.NewClient(address, options...)
	if err != nil {
		return err
	}
	defer conn.Close()
	users := rosterv1.NewUserServiceClient(conn)

	// So that the tour can be taken again and again.
	tour := rand.Text()

	var ids, externalIDs []string
	for _, name := range []string{"Ada Lovelace", "Grace Hopper", "Zoë Müller"} {
		number := len(ids) + 1
		created, err := call(ctx, users.CreateUser, &rosterv1.CreateUserRequest{
			Email:      fmt.Sprintf("%s-%d@example.com", tour, number),
			Name:       proto.String(name),
			ExternalId: proto.String(fmt.Sprintf("%s-%d", tour, number)),
			Metadata:   map[string]string{"team": "analytical engines"},
			// The same in every attempt: a retry finds the user that an attempt before it created.
			RequestId: rand.Text(),
		})
		if err != nil {
			return fmt.Errorf("create %s: %w", name, err)
		}
		ids = append(ids, created.GetUser().GetId())
		externalIDs = append(externalIDs, created.GetUser().GetExternalId())
		fmt.Printf("created %s at revision %d\n", created.GetUser().GetName(), created.GetUser().GetRevision())
	}

	got, err := call(ctx, users.GetUserByExternalId, &rosterv1.GetUserByExternalIdRequest{ExternalId: externalIDs[0]})
	if err != nil {
		return fmt.Errorf("get by external id: %w", err)
	}
	ada := got.GetUser()
	fmt.Printf("got %s by external id\n", ada.GetName())

	if err := list(ctx, users, externalIDs); err != nil {
		return fmt.Errorf("list: %w", err)
	}

	updated, err := call(ctx, users.UpdateUser, &rosterv1.UpdateUserRequest{
		Id:               ada.GetId(),
		Name:             proto.String("Countess of Lovelace"),
		ExpectedRevision: proto.Int64(ada.GetRevision()),
		RequestId:        rand.Text(),
	})
	if err != nil {
		return fmt.Errorf("update: %w", err)
	}
	fmt.Printf("updated to %s at revision %d\n", updated.GetUser().GetName(), updated.GetUser().GetRevision())

	_, err = call(ctx, users.CreateUser, &rosterv1.CreateUserRequest{Email: ada.GetEmail(), RequestId: rand.Text()})
	if !reportEmailTaken(err) {
		return fmt.Errorf("create with a taken email: %w", err)
	}

	for _, id := range ids {
		if _, err := call(ctx, users.DeleteUser, &rosterv1.DeleteUserRequest{Id: id, RequestId: rand.Text()}); err != nil {
			return fmt.Errorf("delete: %w", err)
		}
	}
	fmt.Printf("deleted %d users\n", len(ids))
	return nil
}

// apiKey goes with every call.
type apiKey string

func (key apiKey) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	return map[string]string{"authorization": "Bearer " + string(key)}, nil
}

// RequireTransportSecurity is true where the server is not on the same machine.
func (apiKey) RequireTransportSecurity() bool { return false }

// list reads the stream page by page; the server reads from its database only as fast as this does.
func list(ctx context.Context, users rosterv1.UserServiceClient, externalIDs []string) error {
	ctx, cancel := context.WithTimeout(ctx, listTimeout)
	// Also ends the stream when it is left half-way.
	defer cancel()
	pages, err := users.ListUsers(ctx, &rosterv1.ListUsersRequest{
		PageSize:    2,
		Order:       rosterv1.Order_ORDER_ASC,
		ExternalIds: externalIDs,
	})
	if err != nil {
		return err
	}
	for {
		page, err := pages.Recv()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		for _, user := range page.GetUsers() {
			fmt.Printf("listed %s\n", user.GetName())
		}
		fmt.Printf("end of page, more: %t\n", page.GetListMetadata().After != nil)
	}
}

// reportEmailTaken reports the one error that the tour expects, told by its reason; false for any other.
func reportEmailTaken(err error) bool {
	var reason, resource string
	for _, detail := range status.Convert(err).Details() {
		switch detail := detail.(type) {
		case *errdetails.ErrorInfo:
			reason = detail.GetReason()
		case *errdetails.ResourceInfo:
			resource = detail.GetResourceType()
		}
	}
	if status.Code(err) != codes.AlreadyExists || reason != "EMAIL_NOT_AVAILABLE" {
		return false
	}
	fmt.Printf("refused: %s, resource %s\n", reason, resource)
	return true
}

// call calls a unary method with a deadline, which all attempts share.
func call[Request, Response any](
	ctx context.Context,
	method func(context.Context, *Request, ...grpc.CallOption) (*Response, error),
	request *Request,
) (*Response, error) {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return method(ctx, request)
}
