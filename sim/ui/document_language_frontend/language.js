export default function documentLanguage({ data }) {
  if (data?.language) document.documentElement.lang = data.language;
}
