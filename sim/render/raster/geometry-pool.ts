import type { Pose } from "../../../src/domain/geometry/pose.js";
import { quaternionToMatrix } from "../../../src/domain/geometry/quaternion.js";
import type { MeshPart } from "../meshes/mesh.js";

/** One body's share of the pool: everything of it moves together. */
export interface PoolBody {
  /** Key in `BodyPoses`; undefined = never moves. */
  readonly name: string | undefined;
  /** Pose while `BodyPoses` says nothing; undefined = then it is not drawn. */
  readonly restPose: Pose | undefined;
  readonly firstVertex: number;
  readonly vertexCount: number;
  readonly firstTriangle: number;
  readonly triangleCount: number;
  /** Bounding sphere about the body's origin, metres. */
  readonly radiusM: number;
  readonly castsShadow: boolean;
  /** Whether it darkens what lies close beneath and beside it. */
  readonly occludes: boolean;
}

export interface BodyMesh {
  readonly name: string | undefined;
  readonly restPose: Pose | undefined;
  readonly castsShadow: boolean;
  readonly occludes: boolean;
  readonly parts: readonly { readonly part: MeshPart; readonly material: number; readonly instance: number }[];
}

/** All triangles of a scene in flat arrays. World arrays have spare room behind `vertexCount` for clipped triangles. */
export interface GeometryPool {
  readonly bodies: readonly PoolBody[];
  readonly vertexCount: number;
  readonly capacity: number;
  readonly localPositions: Float32Array;
  readonly localNormals: Float32Array;
  readonly worldPositions: Float32Array;
  readonly worldNormals: Float32Array;
  readonly uvs: Float32Array;
  readonly indices: Uint32Array;
  readonly materialOf: Uint16Array;
  readonly instanceOf: Uint8Array;
}

export function buildGeometryPool(meshes: readonly BodyMesh[]): GeometryPool {
  let vertexCount = 0;
  let triangleCount = 0;
  for (const mesh of meshes) {
    for (const { part } of mesh.parts) {
      vertexCount += part.positions.length / 3;
      triangleCount += part.indices.length / 3;
    }
  }
  // A clipped triangle makes two new vertices.
  const capacity = vertexCount + 2 * triangleCount;
  const pool = {
    vertexCount,
    capacity,
    localPositions: new Float32Array(3 * vertexCount),
    localNormals: new Float32Array(3 * vertexCount),
    worldPositions: new Float32Array(3 * vertexCount),
    worldNormals: new Float32Array(3 * capacity),
    uvs: new Float32Array(2 * capacity),
    indices: new Uint32Array(3 * triangleCount),
    materialOf: new Uint16Array(triangleCount),
    instanceOf: new Uint8Array(triangleCount),
  };
  const bodies: PoolBody[] = [];
  let vertex = 0;
  let triangle = 0;
  for (const mesh of meshes) {
    const firstVertex = vertex;
    const firstTriangle = triangle;
    for (const { part, material, instance } of mesh.parts) {
      pool.localPositions.set(part.positions, 3 * vertex);
      pool.localNormals.set(part.normals, 3 * vertex);
      pool.uvs.set(part.uvs, 2 * vertex);
      for (let i = 0; i < part.indices.length; i++) pool.indices[3 * triangle + i] = part.indices[i] + vertex;
      const count = part.indices.length / 3;
      pool.materialOf.fill(material, triangle, triangle + count);
      pool.instanceOf.fill(instance, triangle, triangle + count);
      vertex += part.positions.length / 3;
      triangle += count;
    }
    let radiusM = 0;
    for (let i = 3 * firstVertex; i < 3 * vertex; i += 3) {
      radiusM = Math.max(
        radiusM,
        Math.hypot(pool.localPositions[i], pool.localPositions[i + 1], pool.localPositions[i + 2]),
      );
    }
    const { name, restPose, castsShadow, occludes } = mesh;
    bodies.push({
      name,
      restPose,
      castsShadow,
      occludes,
      radiusM,
      firstVertex,
      vertexCount: vertex - firstVertex,
      firstTriangle,
      triangleCount: triangle - firstTriangle,
    });
  }
  return { ...pool, bodies };
}

/** Writes the body's vertices and normals into the world arrays. */
export function placeBody(pool: GeometryPool, body: PoolBody, pose: Pose): void {
  const m = quaternionToMatrix(pose.orientation);
  const [tx, ty, tz] = pose.position;
  const { localPositions, localNormals, worldPositions, worldNormals } = pool;
  const end = 3 * (body.firstVertex + body.vertexCount);
  for (let i = 3 * body.firstVertex; i < end; i += 3) {
    const x = localPositions[i];
    const y = localPositions[i + 1];
    const z = localPositions[i + 2];
    worldPositions[i] = m[0] * x + m[1] * y + m[2] * z + tx;
    worldPositions[i + 1] = m[3] * x + m[4] * y + m[5] * z + ty;
    worldPositions[i + 2] = m[6] * x + m[7] * y + m[8] * z + tz;
    const nx = localNormals[i];
    const ny = localNormals[i + 1];
    const nz = localNormals[i + 2];
    worldNormals[i] = m[0] * nx + m[1] * ny + m[2] * nz;
    worldNormals[i + 1] = m[3] * nx + m[4] * ny + m[5] * nz;
    worldNormals[i + 2] = m[6] * nx + m[7] * ny + m[8] * nz;
  }
}
