package org.opensearch.transport.grpc.spi;

/** A type of the server's gRPC module, which is not in any registry, that the vector plugin names. */
public interface QueryBuilderProtoConverter {}
