export { createPgvector, type PgvectorOptions } from "./create-pgvector.js";
export { createQdrant, type QdrantOptions } from "./create-qdrant.js";
export { createVectorFolder } from "./create-vector-folder.js";
