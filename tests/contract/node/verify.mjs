// Verifies credentials with the packages of another implementer. One question a line on standard input:
// {"credential", "documents": {url: content}}; one answer a line: {"verified", "isSet", "error"}, where `isSet` is what the
// verified status list says. Nothing is fetched: every document that the check asks for was handed over, the contexts in
// a file that is named on the command line.
import {readFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import * as vc from '@digitalbazaar/vc';

const contexts = JSON.parse(readFileSync(process.argv[2], 'utf8'));

function loaderOf(documents) {
  return async url => {
    const [whole] = url.split('#');
    let document = documents[url] ?? documents[whole] ?? contexts[url];
    if(document === undefined) {
      throw new Error(`not at hand: ${url}`);
    }
    if(whole !== url && document.verificationMethod) {
      const context = ['https://w3id.org/security/multikey/v1'];
      document = {'@context': context, ...document.verificationMethod.find(method => method.id === url)};
    }
    return {documentUrl: url, document, contextUrl: null};
  };
}

function textOf(error) {
  return [error, ...(error?.errors ?? []), error?.cause].filter(Boolean).map(each => each.message ?? `${each}`).join(' | ');
}

for await (const line of createInterface({input: process.stdin})) {
  let answer;
  try {
    const {credential, documents} = JSON.parse(line);
    const suite = new DataIntegrityProof({cryptosuite});
    const result = await vc.verifyCredential({credential, suite, documentLoader: loaderOf(documents), checkStatus});
    const isSet = (result.statusResult?.results ?? []).some(({status}) => status);
    answer = {verified: result.verified, isSet, error: result.verified ? null : textOf(result.error)};
  } catch(error) {
    answer = {verified: false, isSet: false, error: textOf(error)};
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
