<%-- shop --%>
<ÿ@ Application Codebehind="Global.asax.cs" Inherits="Shop.Global" Language="C#" %>
<script runat="server">x()</script>