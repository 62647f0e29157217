/** An answer that refuses: thrown by the endpoints, turned into an error list by the door of the API. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly field: string | null;

  constructor(status: number, code: string, message: string, field: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

export function notFound(): ApiError {
  return new ApiError(404, 'not_found', 'Resource Not Found');
}

export function invalid(message: string, field: string | null = null): ApiError {
  return new ApiError(400, 'parameter_invalid', message, field);
}

/** The body of an error answer. */
export function errorList(requestId: string, error: ApiError): string {
  const one = { code: error.code, message: error.message };
  const errors = [error.field === null ? one : { ...one, field: error.field }];
  return JSON.stringify({ type: 'error.list', request_id: requestId, errors });
}
