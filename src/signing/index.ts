/** Ed25519 and DSSE: sign and verify, with node:crypto alone. What is signed here, `openssl` verifies without this product. */
export { DsseProblem, pae, parseEnvelope, signEnvelope, verifyEnvelope, type Envelope, type Verified } from './dsse';
export { leafHash, MerkleTree, rootOf } from './merkle';
export { keyIdOf, KeyProblem, publicKeyPem, readPrivateKey, readPublicKey, readPublicKeyDer } from './keys';
export { ed25519Signer, type Signer } from './signer';
export { parseStatement, statementText, STATEMENT_PAYLOAD_TYPE, type Statement, type Subject } from './statement';
