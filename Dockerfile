# Node.js for building and for running. Where a build must be repeatable to the byte, give both images with their digests.
ARG NODE_IMAGE=node:24.21.0-bookworm-slim
# The C and C++ libraries of the same Debian, for Node.js and the native parts of bcrypt and argon2. No shell, no packages.
ARG RUNTIME_IMAGE=gcr.io/distroless/cc-debian12:nonroot

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts \
  && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

FROM ${NODE_IMAGE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json ./
COPY gen gen
COPY src src
RUN npm run build

FROM ${RUNTIME_IMAGE}
LABEL org.opencontainers.image.title="Roster" \
      org.opencontainers.image.description="A user directory that services call over gRPC." \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=build /usr/local/bin/node /usr/local/bin/node
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json LICENSE ./

# MALLOC_MMAP_THRESHOLD_: glibc gives memory back after a flood; by default it kept 440 of 450 MiB, with this 140.
# There is no mongod in the image. Without a MONGODB_URI of yours the server says so and ends, instead of looking for one.
ENV NODE_ENV=production \
    MALLOC_MMAP_THRESHOLD_=131072 \
    MONGODB_URI="not set" \
    ROSTER_LISTEN=0.0.0.0:50051 \
    ROSTER_HEALTH_LISTEN=127.0.0.1:50052
EXPOSE 50051
USER 65532:65532

# At ROSTER_HEALTH_LISTEN, so that it needs no client certificate where the server wants them.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "/app/dist/src/cli.js", "healthcheck"]
# Without a shell in between, so that SIGTERM reaches the server.
ENTRYPOINT ["node", "--max-semi-space-size=4", "/app/dist/src/cli.js"]
CMD ["serve"]
